package org.cairn.web;

import io.javalin.http.Context;
import java.util.function.Function;
import org.cairn.Problem;

/** What forms say. */
public final class FormFields {

    private FormFields() {}

    /** Empty where the form has no such field. */
    public static String text(Context context, String name) {
        var value = context.formParam(name);
        return value == null ? "" : value;
    }

    /** A field that names something. Throws Problem MALFORMED where it does not. */
    static <T> T named(Context context, String name, Function<String, T> reading) {
        return read(text(context, name), reading);
    }

    /** A part of the path that names something. Throws Problem MALFORMED where it does not. */
    static <T> T inPath(Context context, String name, Function<String, T> reading) {
        return read(context.pathParam(name), reading);
    }

    private static <T> T read(String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "form_field_malformed",
                    "The form does not say what it is about; go back, reload the page and send it again.");
        }
    }
}
