package org.cairn.rule;

import java.util.regex.Pattern;

/** A blank in a rule ("quiz") that a course fills with one of its activities: 1 to 63 characters of {@code a-z 0-9 -}. */
public record Slot(String name) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Slot {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("A slot's name has 1 to 63 characters of a-z, 0-9 and hyphen.");
        }
    }
}
