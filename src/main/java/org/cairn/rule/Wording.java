package org.cairn.rule;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The messages of one language, with numbers and dates as they are written there. For one thread. */
final class Wording {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static final char ISOLATE = '\u2068';
    private static final char END_OF_ISOLATE = '\u2069';

    private final Locale language;
    private final ULocale numbers;
    private final ZoneId zone;
    private final ResourceBundle messages;
    private final NumberFormat number;
    private final DateTimeFormatter day;
    private final DateTimeFormatter minute;
    private final Map<String, MessageFormat> formats = new HashMap<>();

    Wording(Locale language, ZoneId zone) {
        this.language = language;
        // The digits that java.time writes, and most names hold: numbers and dates look alike in one sentence.
        this.numbers = ULocale.forLocale(language).setKeywordValue("numbers", "latn");
        this.zone = zone;
        this.messages = ResourceBundle.getBundle("messages.sentence", language, NO_FALLBACK);
        this.number = NumberFormat.getInstance(numbers);
        number.setMaximumFractionDigits(12);
        number.setGroupingUsed(false);
        this.day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language);
        this.minute = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(language);
    }

    /** {@code arguments} are names and values in turn. */
    String say(String key, Object... arguments) {
        var values = new HashMap<String, Object>();
        for (int i = 0; i < arguments.length; i += 2) {
            values.put((String) arguments[i], arguments[i + 1]);
        }
        return formats.computeIfAbsent(key, k -> new MessageFormat(messages.getString(k), numbers))
                .format(values);
    }

    boolean has(String key) {
        return messages.containsKey(key);
    }

    String number(BigDecimal value) {
        return number.format(value);
    }

    /** Days are the institution's: an instant at its midnight is named by the day that it begins. */
    String date(Instant instant) {
        var local = instant.atZone(zone);
        return (local.toLocalTime().equals(LocalTime.MIDNIGHT) ? day : minute).format(local);
    }

    /** "2 years and 6 months"; after "within the last" some languages say it otherwise: {@code kind} is "period" or "length". */
    String period(String kind, Period period) {
        var parts = new ArrayList<String>();
        count(kind + ".years", period.getYears(), parts);
        count(kind + ".months", period.getMonths(), parts);
        count(kind + ".days", period.getDays(), parts);
        return listed(parts, "list.and");
    }

    /** "a, b and c" by "list.and", "a, b or c" by "list.or". */
    String listed(List<String> items, String last) {
        if (items.size() < 2) {
            return String.join("", items);
        }
        var first = items.getFirst();
        for (var item : items.subList(1, items.size() - 1)) {
            first = say("list.comma", "items", first, "last", item);
        }
        return say(last, "items", first, "last", items.getLast());
    }

    /** In a right-to-left sentence, a name keeps its own direction and leaves the sentence its own. */
    String isolated(String name) {
        return numbers.isRightToLeft() ? ISOLATE + name + END_OF_ISOLATE : name;
    }

    /** With a capital, where a sentence begins with it. */
    String capitalised(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(language)
                        + text.substring(text.offsetByCodePoints(0, 1));
    }

    private void count(String key, int number, List<String> parts) {
        if (number != 0) {
            parts.add(say(key, "count", number));
        }
    }
}
