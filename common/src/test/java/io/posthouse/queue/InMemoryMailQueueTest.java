package io.posthouse.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.message.Content;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.MailQueue.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class InMemoryMailQueueTest implements MailQueueContract {
  private final InMemoryMailQueue queue = new InMemoryMailQueue(new Topics("test."));

  @Override
  public MailQueue queue() {
    return queue;
  }

  @Override
  public DeadLetters deadLetters() {
    return queue;
  }

  @Override
  public ContentStore contents() {
    return queue;
  }

  @Override
  public Topics topics() {
    return queue.topics();
  }

  @Override
  public List<StoredRecord> records(String topic) {
    return queue.records(topic);
  }

  @Test
  void it_refuses_as_often_as_it_is_told() {
    queue.refuseNext(1, "down");
    var message = Samples.message(Samples.ALICE);
    assertEquals(new Put.NotQueued("down"), queue.put(message).toCompletableFuture().join());
    assertEquals(List.of(), queue.records(topics().local()));
    assertEquals(
        new Put.Queued(message.queueId()), queue.put(message).toCompletableFuture().join());
  }

  @Test
  void it_refuses_chunks_too() {
    queue.refuseAll("down");
    var upload = queue.upload(Samples.queueId());
    var written = upload.write(Octets.utf8("chunk")).toCompletableFuture();
    assertThrows(CompletionException.class, written::join);
    assertThrows(CompletionException.class, upload.finish().toCompletableFuture()::join);
  }

  @Test
  void it_answers_what_it_held_when_it_is_released() {
    queue.hold();
    var message = Samples.message(Samples.ALICE);
    var answer = queue.put(message).toCompletableFuture();
    assertFalse(answer.isDone());
    assertEquals(List.of(), queue.records(topics().local()));
    queue.release();
    assertEquals(new Put.Queued(message.queueId()), answer.join());
    assertEquals(
        new Put.Queued(message.queueId()), queue.put(message).toCompletableFuture().join());
  }

  @Test
  void listeners_hear_of_each_record_in_its_topic() {
    var heard = new ArrayList<String>();
    queue.listen(record -> heard.add(record.position().toString()));
    queue.put(Samples.message(Samples.ALICE));
    queue.put(Samples.message(Samples.CAROL));
    queue.put(Samples.message(Samples.DAVE));
    assertEquals(List.of("test.local-0@0", "test.remote-0@0", "test.remote-0@1"), heard);
  }

  @Test
  void expired_content_is_gone() {
    var message = Samples.message(Samples.CAROL);
    queue.put(message);
    var at = queue.records(topics().remote()).getFirst().position();
    queue.expire(topics().remote());
    assertThrows(
        ContentGone.class,
        () -> queue.open(message.queueId(), new Content.InRecord(at, message.content().size())));
  }
}
