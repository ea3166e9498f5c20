package org.cairn.rule;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How percent are read out in letters, from the best letter down; the last one begins at 0. */
public record LetterScale(String name, List<Letter> letters) {

    /**
     * @param from the lowest percent that earns it
     * @param points what it is worth in a mean of grade points; null where the scale has none
     */
    public record Letter(
            String letter, BigDecimal from, @Nullable BigDecimal points) {

        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        public Letter {
            from = from.stripTrailingZeros();
            points = points == null ? null : points.stripTrailingZeros();
            if (letter.isBlank() || letter.length() > 10) {
                throw new IllegalArgumentException("A letter has 1 to 10 characters.");
            }
            if (from.signum() < 0 || from.compareTo(HUNDRED) > 0) {
                throw new IllegalArgumentException("A letter begins at 0 to 100 percent.");
            }
        }
    }

    public LetterScale {
        letters = List.copyOf(letters);
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("A scale has a name of 1 to 100 characters.");
        }
        if (letters.isEmpty()
                || letters.size() > 100
                || letters.getLast().from().signum() != 0) {
            throw new IllegalArgumentException("A scale has 1 to 100 letters, and the last one begins at 0.");
        }
        for (int i = 1; i < letters.size(); i++) {
            if (letters.get(i - 1).from().compareTo(letters.get(i).from()) <= 0) {
                throw new IllegalArgumentException("The letters of a scale go from the best one down.");
            }
        }
        if (letters.stream().map(Letter::letter).distinct().count() < letters.size()) {
            throw new IllegalArgumentException("The letters of a scale are different.");
        }
    }

    /** The letter that a percentage earns; a negative one earns the last. */
    public Letter of(BigDecimal percent) {
        for (var letter : letters) {
            if (percent.compareTo(letter.from()) >= 0) {
                return letter;
            }
        }
        return letters.getLast();
    }

    /** Throws IllegalArgumentException where it has no such letter. */
    public Letter get(String letter) {
        return letters.stream()
                .filter(one -> one.letter().equals(letter))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("The scale \"%s\" has no \"%s\".".formatted(name, letter)));
    }
}
