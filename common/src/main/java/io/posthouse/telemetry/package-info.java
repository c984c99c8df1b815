/// What operators see: events as log lines and counters, `/metrics`, `/health`.
///
/// Whatever happens to a message is a case of [io.posthouse.telemetry.MailEvent]; recording it
/// writes the line, moves the counter and hands the line on, so that the three cannot disagree.
@NullMarked
package io.posthouse.telemetry;

import org.jspecify.annotations.NullMarked;
