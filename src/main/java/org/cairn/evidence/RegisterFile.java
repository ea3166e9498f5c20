package org.cairn.evidence;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.Problem;
import org.cairn.rule.Member;
import org.cairn.rule.Slot;
import org.jspecify.annotations.Nullable;

/**
 * What an institution's register says of people, as CSV in UTF-8 with the columns {@code issuer,client_id,sub,what,name,hours,day}: who
 * belongs to which cohort, term or role since when, and who has hours of which kind. {@code hours} is empty but for hours.
 */
public record RegisterFile(List<Line> lines) {

    /**
     * One line of it.
     *
     * @param number in the file, the heading being 1
     * @param group null where it is about hours
     * @param hours null where it is about a group
     * @param day since when, or when they were worked
     */
    public record Line(
            int number,
            String issuer,
            String clientId,
            String sub,
            Member.@Nullable Group group,
            String name,
            @Nullable BigDecimal hours,
            LocalDate day) {}

    /** No file is larger: 100,000 lines. */
    public static final int MOST_BYTES = 20_000_000;

    private static final Set<String> COLUMNS = Set.of("issuer", "client_id", "sub", "what", "name", "hours", "day");
    private static final BigDecimal MOST_HOURS = BigDecimal.valueOf(10_000);

    public RegisterFile {
        lines = List.copyOf(lines);
    }

    /** Throws Problem UNPROCESSABLE that names the line of what does not fit. */
    public static RegisterFile read(byte[] content) {
        if (content.length > MOST_BYTES) {
            throw refused("it is larger than 20 MB; divide it.");
        }
        var lines = new ArrayList<Line>();
        try (var rows = rows(text(content))) {
            while (rows.hasNext()) {
                lines.add(line(rows.next(), lines.size() + 2));
            }
        } catch (RuntimeJsonMappingException | IOException e) {
            throw refused("line %d is not CSV with the columns of the first line.".formatted(lines.size() + 2));
        }
        return new RegisterFile(lines);
    }

    private static MappingIterator<Map<String, String>> rows(String text) throws IOException {
        return new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvParser.Feature.TRIM_SPACES)
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .with(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text);
    }

    private static Line line(Map<String, String> row, int number) {
        if (!row.keySet().equals(COLUMNS)) {
            throw refused("its first line has to be issuer,client_id,sub,what,name,hours,day, in any order.");
        }
        var what = text(row, "what", 10, number);
        var name = text(row, "name", 100, number);
        boolean isHours = what.equals("hours");
        if (isHours) {
            slot(name, number);
        }
        return new Line(
                number,
                text(row, "issuer", 1000, number),
                text(row, "client_id", 255, number),
                text(row, "sub", 255, number),
                isHours ? null : group(what, number),
                name,
                hours(row.getOrDefault("hours", ""), isHours, number),
                day(text(row, "day", 10, number), number));
    }

    private static void slot(String name, int number) {
        try {
            new Slot(name);
        } catch (IllegalArgumentException e) {
            throw refused("line %d: the name of a kind of hours has 1 to 63 characters of a-z, 0-9 and hyphen."
                    .formatted(number));
        }
    }

    private static Member.Group group(String what, int number) {
        return switch (what) {
            case "cohort" -> Member.Group.COHORT;
            case "term" -> Member.Group.TERM;
            case "role" -> Member.Group.ROLE;
            default -> throw refused("line %d: what is one of cohort, term, role and hours.".formatted(number));
        };
    }

    private static @Nullable BigDecimal hours(String text, boolean isHours, int number) {
        if (text.isBlank() && !isHours) {
            return null;
        }
        try {
            var hours = new BigDecimal(text).stripTrailingZeros();
            if (isHours && hours.signum() > 0 && hours.compareTo(MOST_HOURS) <= 0 && hours.scale() <= 3) {
                return hours;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw refused(
                isHours
                        ? "line %d: hours are a number above 0, up to 10,000, like 4.5.".formatted(number)
                        : "line %d: only hours have hours; leave that empty.".formatted(number));
    }

    private static LocalDate day(String text, int number) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw refused("line %d: a day is written like 2026-09-01.".formatted(number));
        }
    }

    private static String text(Map<String, String> row, String column, int most, int number) {
        var text = row.getOrDefault(column, "");
        if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw refused("line %d: %s has to have 1 to %,d characters.".formatted(number, column, most));
        }
        return text;
    }

    private static String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("it is not UTF-8; save it as CSV UTF-8.");
        }
    }

    /** What is said of a file that is taken not at all. */
    public static Problem refused(String why) {
        return new Problem(
                Problem.Kind.UNPROCESSABLE,
                "register_refused",
                "The register was not taken, and nothing of it: " + why);
    }
}
