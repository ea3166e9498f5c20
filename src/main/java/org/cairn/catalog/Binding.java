package org.cairn.catalog;

import org.cairn.ActivityId;

/** What fills a slot in one course: an activity, and what people there call it. */
public record Binding(ActivityId activity, String title) {}
