package io.posthouse.edge.wire;

import io.posthouse.edge.EdgeMetrics;
import io.posthouse.edge.EdgeSettings.Timeouts;
import io.posthouse.edge.intake.Intake;
import io.posthouse.edge.limits.FairUse;
import io.posthouse.edge.limits.Greeting;
import io.posthouse.edge.limits.Stress;
import io.posthouse.edge.login.Authenticator;
import io.posthouse.edge.policy.AuthorPolicy;
import io.posthouse.edge.policy.RecipientPolicy;
import io.posthouse.edge.policy.SenderPolicy;
import io.posthouse.telemetry.Events;
import java.util.concurrent.Executor;

/// What all sessions of this edge share.
///
/// @param asking where questions wait for their answers: a thread for each, so virtual ones
/// @param node the name of this edge, in envelopes
public record Backstage(
    Intake intake,
    FairUse fairUse,
    Greeting greeting,
    Stress stress,
    SenderPolicy senders,
    RecipientPolicy recipients,
    AuthorPolicy authors,
    Authenticator logins,
    Executor asking,
    Events events,
    EdgeMetrics metrics,
    String node,
    BareNewline bareNewline,
    Timeouts timeouts) {}
