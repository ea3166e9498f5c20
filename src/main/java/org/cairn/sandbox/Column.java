package org.cairn.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A gradebook column that the tool made. */
public final class Column {

    /** {@code score} is null where a grade was cleared. */
    record Grade(@Nullable BigDecimal score, Instant at) {}

    final int id;
    volatile String label;
    volatile BigDecimal maximum;
    volatile String resourceId;
    volatile String tag;
    final Map<String, Grade> grades = new ConcurrentSkipListMap<>();

    Column(int id, String label, BigDecimal maximum, String resourceId, String tag) {
        this.id = id;
        this.label = label;
        this.maximum = maximum;
        this.resourceId = resourceId;
        this.tag = tag;
    }

    public int id() {
        return id;
    }

    public String label() {
        return label;
    }
}
