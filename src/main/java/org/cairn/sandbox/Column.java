package org.cairn.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A gradebook column that a tool made, or that came with one of its links. */
public final class Column {

    /** {@code score} is null where a grade was cleared; what a teacher overrode, no tool changes. */
    record Grade(@Nullable BigDecimal score, Instant at, boolean isOverridden) {}

    final int id;
    final String clientId;
    volatile String label;
    volatile BigDecimal maximum;
    volatile String resourceId;
    volatile String tag;

    /** The link that it belongs to; null for one that stands for itself. */
    volatile @Nullable String linkId;

    /** What the tool said of reviewing submissions; missing where it said nothing. */
    volatile JsonNode review = MissingNode.getInstance();

    volatile boolean isLocked;
    final Map<String, Grade> grades = new ConcurrentSkipListMap<>();
    final Map<String, Integer> submissions = new ConcurrentHashMap<>();

    Column(int id, String clientId, String label, BigDecimal maximum, String resourceId, String tag) {
        this.id = id;
        this.clientId = clientId;
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

    public String resourceId() {
        return resourceId;
    }

    public String tag() {
        return tag;
    }

    /** The link that it belongs to; null for one that stands for itself. */
    public @Nullable String linkId() {
        return linkId;
    }

    /** Locks it: no score gets in any more. */
    public void lock() {
        isLocked = true;
    }

    /** How many submissions scores made for somebody, which is Canvas's way. */
    public int submissions(String sub) {
        return submissions.getOrDefault(sub, 0);
    }

    /** What stands for somebody; null where nothing does. */
    public @Nullable BigDecimal score(String sub) {
        var grade = grades.get(sub);
        return grade == null ? null : grade.score();
    }
}
