package io.posthouse.edge.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.fuzz.Fuzz;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No octets make an exchange throw, and asking for them first changes nothing.
class SaslFuzzTest {
  private static final List<String> RESPONSES =
      List.of(
          "\0bob\0secret",
          "bob\0bob\0secret",
          "bob",
          ScramExample.CLIENT_FIRST,
          "p=tls-exporter,a=bob,n=b=2Cc,r=abc",
          "y,,n=,r=",
          "n,a=bob@example.net,\u0001host=mx.example.net\u0001auth=Bearer vF9dft4qmT\u0001\u0001",
          "user=bob@example.net\u0001auth=Bearer ya29.vF9dft4qmT\u0001\u0001");

  @ParameterizedTest
  @EnumSource(SaslMechanism.class)
  void any_response_has_some_meaning(SaslMechanism mechanism) {
    new Fuzz(mechanism.name(), RESPONSES)
        .run((input, _) -> {
          var response = Octets.of(input);
          var brought = Exchange.begin(mechanism, Binding.NONE, Optional.of(response));
          if (Exchange.begin(mechanism, Binding.NONE, Optional.empty())
              instanceof Turn.AskFor(_, var next))
            assertEquals(brought.getClass(), next.hear(response).getClass());
        });
  }
}
