package org.cairn.openbadges.image;

import java.util.regex.Pattern;

/**
 * Artwork in a design.
 *
 * @param digest names it: 64 hexadecimal digits
 * @param alternative what somebody reads who does not see it: one line of 1 to {@value #LONGEST} characters
 */
public record Motif(String digest, String alternative) {

    public static final int LONGEST = 200;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** Throws IllegalArgumentException with a sentence. */
    public Motif {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("A picture is named by the 64 digits that its page shows.");
        }
        if (alternative.isBlank()
                || alternative.length() > LONGEST
                || alternative.codePoints().anyMatch(Motif::isNoText)) {
            throw new IllegalArgumentException(
                    "Say in one line of up to %d characters what the picture shows.".formatted(LONGEST));
        }
    }

    /** Half a surrogate pair is nothing that a database keeps. */
    private static boolean isNoText(int one) {
        return Character.isISOControl(one) || Character.getType(one) == Character.SURROGATE;
    }
}
