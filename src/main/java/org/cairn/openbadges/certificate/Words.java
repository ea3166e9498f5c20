package org.cairn.openbadges.certificate;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.ResourceBundle;

/** What a certificate says of itself, in one language: that which is asked for, or English where Cairn does not speak that. */
final class Words {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ResourceBundle messages;
    private final Locale language;

    Words(Locale wanted) {
        this.messages = ResourceBundle.getBundle("messages.certificate", wanted, NO_FALLBACK);
        this.language = messages.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : messages.getLocale();
    }

    /** The language that they are in. */
    Locale language() {
        return language;
    }

    /** {@code arguments} are names and texts in turn. */
    String say(String key, String... arguments) {
        var values = new HashMap<String, Object>();
        for (int i = 0; i < arguments.length; i += 2) {
            values.put(arguments[i], arguments[i + 1]);
        }
        return new MessageFormat(messages.getString(key), ULocale.forLocale(language)).format(values);
    }

    /** By the institution's calendar. */
    String day(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofPattern(messages.getString("day"), language).format(instant.atZone(zone));
    }
}
