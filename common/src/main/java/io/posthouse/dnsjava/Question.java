package io.posthouse.dnsjava;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Records of one kind at one name.
record Question(Name name, int type) {
  Question about(Name other) {
    return new Question(other, type);
  }

  /// As it is sent; says that we know the AD bit (RFC 6840 §5.7).
  Message message() {
    var message = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    message.getHeader().setFlag(Flags.AD);
    return message;
  }

  @Override
  public String toString() {
    return Type.string(type) + " of " + name.toString(true);
  }
}
