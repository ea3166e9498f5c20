package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void a_secret_is_new_each_time_and_of_256_bits() {
        var secrets = Stream.generate(Secret::fresh).limit(100).toList();
        assertThat(secrets).doesNotHaveDuplicates().allMatch(secret -> secret.matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void only_the_same_is_equal() {
        var secret = Secret.fresh();
        assertThat(Secret.isEqual(secret, String.valueOf(secret.toCharArray()))).isTrue();
        assertThat(Secret.isEqual(secret, secret.substring(1))).isFalse();
        assertThat(Secret.isEqual(secret, Secret.fresh())).isFalse();
        assertThat(Secret.isEqual("", secret)).isFalse();
    }
}
