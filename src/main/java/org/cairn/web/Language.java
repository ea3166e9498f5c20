package org.cairn.web;

import com.ibm.icu.util.ULocale;
import gg.jte.Content;
import io.javalin.http.Context;
import java.util.Locale;
import org.cairn.rule.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * The language in which a reader is told what a rule asks for. The rest of a page is English, so each of these texts says for itself
 * which language it is in, and which way that is written.
 */
record Language(Locale locale) {

    /** No browser sends more; a longer header is not worth reading. */
    private static final int LONGEST = 500;

    /** What the browser asks for; English where it asks for nothing we have, or for nothing that can be read. */
    static Language of(Context context) {
        context.header("Vary", "Accept-Language");
        return of(context.header("Accept-Language"));
    }

    static Language of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST) {
            return new Language(Sentence.LANGUAGES.getFirst());
        }
        try {
            return new Language(Sentence.language(Locale.LanguageRange.parse(acceptLanguage)));
        } catch (IllegalArgumentException e) {
            return new Language(Sentence.LANGUAGES.getFirst());
        }
    }

    /** Markdown in this language. */
    Content prose(String markdown) {
        var prose = Markdown.of(markdown);
        return output -> {
            output.writeContent("<div lang=\"" + tag() + "\" dir=\"" + direction() + "\">");
            prose.writeTo(output);
            output.writeContent("</div>");
        };
    }

    /** A few words in this language, within a line of another. */
    Content words(String text) {
        return output -> {
            output.writeContent("<span lang=\"" + tag() + "\" dir=\"" + direction() + "\">");
            output.writeUserContent(text);
            output.writeContent("</span>");
        };
    }

    private String tag() {
        return locale.toLanguageTag();
    }

    private String direction() {
        return ULocale.forLocale(locale).isRightToLeft() ? "rtl" : "ltr";
    }
}
