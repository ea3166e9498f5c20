package org.cairn.people;

import org.jspecify.annotations.Nullable;

/** What a platform says of somebody: its {@code sub} (at most 255 characters), a name if it shares one, and whether it is a test user. */
public record Person(String sub, @Nullable String name, boolean testUser) {

    public Person {
        if (sub.isBlank() || sub.length() > 255) {
            throw new IllegalArgumentException("A user id has 1 to 255 characters.");
        }
        if (name != null) {
            name = name.isBlank() ? null : name.substring(0, Math.min(name.length(), 255));
        }
    }

    /** Somebody of whom only the id is known, as in a pushed grade. */
    public static Person unnamed(String sub) {
        return new Person(sub, null, false);
    }
}
