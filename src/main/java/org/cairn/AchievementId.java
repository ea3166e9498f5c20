package org.cairn;

import java.util.regex.Pattern;

/**
 * Names an achievement within its tenant: 1 to 63 characters of {@code a-z 0-9 -}, the first no hyphen. Rules, routes and files
 * call the achievement by this name; it never changes.
 */
public record AchievementId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public AchievementId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "An achievement's id has 1 to 63 characters of a-z, 0-9 and hyphen, the first no hyphen.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
