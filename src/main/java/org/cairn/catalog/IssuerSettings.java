package org.cairn.catalog;

import org.jspecify.annotations.Nullable;

/** Who signs, as the settings say it. {@code country} is two letters (ISO 3166-1). */
public record IssuerSettings(
        String name,
        @Nullable String url,
        @Nullable String email,
        @Nullable String country) {}
