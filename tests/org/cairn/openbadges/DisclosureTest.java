package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two forms are alike where they tell of the same things. */
class DisclosureTest {

    @Test
    void the_usual_form_tells_how_it_was_earned_and_neither_grades_nor_a_name() {
        assertThat(Disclosure.USUAL).isEqualTo(new Disclosure(false, true, null));
    }

    @Test
    void forms_are_alike_whatever_the_name_is_and_not_where_one_has_none() {
        var named = new Disclosure(true, false, "Ada");
        assertThat(named.isLike(named.naming("Ada Lovelace"))).isTrue();
        assertThat(named.naming("Ada Lovelace")).isEqualTo(new Disclosure(true, false, "Ada Lovelace"));
        assertThat(named.isLike(new Disclosure(true, false, null))).isFalse();
        assertThat(new Disclosure(true, false, null).isLike(named)).isFalse();
        assertThat(new Disclosure(true, false, null).isLike(new Disclosure(true, false, null)))
                .isTrue();
        assertThat(named.isLike(new Disclosure(false, false, "Ada"))).isFalse();
        assertThat(named.isLike(new Disclosure(true, true, "Ada"))).isFalse();
    }
}
