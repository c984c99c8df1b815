package io.posthouse.delivery.explain;

import io.posthouse.delivery.attempt.Families.Use;
import io.posthouse.delivery.egress.Egress;
import io.posthouse.delivery.routing.AddressLookup;
import io.posthouse.delivery.routing.MailRoutes;
import io.posthouse.delivery.routing.RouteTable;
import io.posthouse.delivery.security.TlsPolicies;
import io.posthouse.delivery.shaping.Shaping;
import io.posthouse.dns.Dns;

/// All that says which way mail goes, and how. Worker and explanation go by the same.
///
/// @param table what the operator says in `routes`, before the MX records that are asked for there
/// @param families that mail leaves over
public record RoadMap(
    Dns dns,
    RouteTable table,
    MailRoutes routes,
    AddressLookup addresses,
    TlsPolicies policies,
    Egress egress,
    Use families,
    Shaping shaping) {}
