package org.cairn.people;

import org.cairn.db.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a platform says of somebody: its {@code sub} (at most 255 characters), a name if it shares one that we can keep, and whether it
 * is a test user.
 */
public record Person(String sub, @Nullable String name, boolean testUser) {

    public Person {
        if (!isSub(sub)) {
            throw new IllegalArgumentException("A user id has 1 to 255 characters, and no NUL.");
        }
        name = name == null || name.isBlank() || !Text.isKept(name) ? null : Text.cut(name, 255);
    }

    /** Whether this can be somebody's id. */
    public static boolean isSub(String text) {
        return !text.isBlank() && text.length() <= 255 && Text.isKept(text);
    }

    /** Somebody of whom only the id is known, as in a pushed grade. */
    public static Person unnamed(String sub) {
        return new Person(sub, null, false);
    }
}
