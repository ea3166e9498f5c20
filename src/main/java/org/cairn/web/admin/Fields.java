package org.cairn.web.admin;

import io.javalin.http.Context;
import java.util.function.Function;
import org.cairn.Problem;
import org.cairn.web.FormFields;
import org.jspecify.annotations.Nullable;

/** What forms and paths say, checked. */
final class Fields {

    private static final int LONGEST_TYPED = 200;

    private Fields() {}

    /** An id of a path or form. Throws Problem NOT_FOUND where it is none: it names nothing. */
    static <T> T id(@Nullable String text, Function<String, T> id) {
        try {
            return id.apply(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw AdminVisit.notHere();
        }
    }

    /** A line of 1 to {@code longest} characters, without the blanks around it. Throws Problem UNPROCESSABLE, calling it {@code label}. */
    static String line(Context context, String name, String label, int longest) {
        var text = FormFields.text(context, name).strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw refused("%s is one line of 1 to %d characters; go back and fill it in.".formatted(label, longest));
        }
        return text;
    }

    static Problem refused(String sentence) {
        return new Problem(Problem.Kind.UNPROCESSABLE, "field_refused", sentence);
    }

    /** What an address says in a parameter, cut where it is too long to be shown; {@code otherwise} where it has no such parameter. */
    static String typed(Context context, String parameter, String otherwise) {
        var text = context.queryParam(parameter);
        return text == null
                ? otherwise
                : text.strip().substring(0, Math.min(text.strip().length(), LONGEST_TYPED));
    }

    /** What a text says, which may be nothing. */
    static <T> @Nullable T stated(String text, Function<String, T> of) {
        return text.isEmpty() ? null : of.apply(text);
    }

    /** A message that may begin as in the middle of a sentence. */
    static String sentence(String message) {
        return message.isEmpty() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }
}
