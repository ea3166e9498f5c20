package org.cairn.people;

import java.time.ZoneId;
import org.cairn.TenantId;

/** An institution. Dates in its rules are days of {@code timeZone}. */
public record Tenant(TenantId id, String slug, String name, ZoneId timeZone) {}
