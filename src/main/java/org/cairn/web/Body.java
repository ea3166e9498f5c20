package org.cairn.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import org.cairn.Problem;

/** What programs send. */
final class Body {

    private Body() {}

    /** Its media type in small letters, without parameters; "null" where the request names none. */
    static String type(Context context) {
        return String.valueOf(context.contentType())
                .replaceFirst(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Its bytes, up to so many; throws what {@code tooLarge} has where there are more. */
    static byte[] read(Context context, int most, Supplier<Problem> tooLarge) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw tooLarge.get();
        }
        return body;
    }
}
