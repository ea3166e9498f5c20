package org.cairn.openbadges;

import org.cairn.IssuerId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/** Who signs a tenant's credentials, as people read it. {@code country} is two letters (ISO 3166-1). */
public record IssuerProfile(
        TenantId tenant,
        IssuerId id,
        String name,
        @Nullable String url,
        @Nullable String email,
        @Nullable String country) {}
