package org.cairn.rule;

import java.math.BigDecimal;
import java.time.Instant;

/** Hours that were confirmed: how many, and when they were over. */
public record Worked(BigDecimal hours, Instant at, Strength strength) {}
