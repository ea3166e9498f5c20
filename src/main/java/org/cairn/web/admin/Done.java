package org.cairn.web.admin;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a form did, as the page after it says. The address carries the code only, so that nobody can put words into our pages. */
public enum Done {
    SAVED("Saved."),
    DEPLOYMENT_APPROVED("The deployment is approved: the next launch from it opens Cairn."),
    DEPLOYMENT_REFUSED("The deployment is refused and forgotten. If it launches again, it waits here again.");

    private final String sentence;

    Done(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Done of(@Nullable String code) {
        return Arrays.stream(values())
                .filter(done -> done.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
