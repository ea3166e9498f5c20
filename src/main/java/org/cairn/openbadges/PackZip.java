package org.cairn.openbadges;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Texts in a ZIP, in memory and never on a disk. One of a stranger is read up to bounds, and names nothing outside of itself. */
final class PackZip {

    private static final int FILES = 40;
    /** What all of it may become: seven times what one of ours is. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final byte[] START = {'P', 'K', 3, 4};
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]{1,40}/)?[A-Za-z0-9-][A-Za-z0-9.-]{0,80}");

    private PackZip() {}

    static boolean isZip(byte[] file) {
        return file.length >= START.length
                && ByteBuffer.wrap(file, 0, START.length).equals(ByteBuffer.wrap(START));
    }

    static byte[] write(Map<String, String> files, Instant made) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.ofInstant(made, ZoneOffset.UTC));
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException, whose message is for people. */
    static Map<String, String> read(byte[] file) {
        if (file.length > Baked.LARGEST) {
            throw new IllegalArgumentException("The ZIP is larger than 2 MB.");
        }
        var files = new LinkedHashMap<String, String>();
        int left = LONGEST;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                require(NAME.matcher(entry.getName()).matches() && files.size() < FILES);
                byte[] content = zip.readNBytes(left + 1);
                left -= content.length;
                require(left >= 0);
                require(files.put(entry.getName(), text(content)) == null);
            }
            return files;
        } catch (CharacterCodingException e) {
            throw foreign();
        } catch (IOException e) {
            throw new IllegalArgumentException("The ZIP is damaged.", e);
        }
    }

    private static String text(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw foreign();
        }
    }

    private static IllegalArgumentException foreign() {
        return new IllegalArgumentException("The ZIP is no verification pack: it holds what none of them does.");
    }
}
