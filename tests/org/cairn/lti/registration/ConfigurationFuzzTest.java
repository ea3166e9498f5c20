package org.cairn.lti.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cairn.db.Text;
import org.cairn.testing.Choices;
import org.cairn.testing.Hostile;
import org.cairn.testing.RegisteringLms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stranger's LMS says of itself: whatever is believed of it lies at its own host, or where its product is documented to lie. */
@Tag("fuzz")
class ConfigurationFuzzTest {

    private static final String CANVAS = "https://canvas.instructure.com";
    private static final Set<String> DOCUMENTED = Set.of(
            "canvas.instructure.com at sso.canvaslms.com",
            "canvas.beta.instructure.com at sso.beta.canvaslms.com",
            "canvas.test.instructure.com at sso.test.canvaslms.com");
    private static final List<ObjectNode> CONFIGURATIONS = configurations();

    @MethodSource("org.cairn.testing.Choices#seeds")
    @FuzzTest(maxDuration = "25s")
    void a_configuration_is_believed_about_its_own_host_only(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        boolean allowsHttp = choices.isEven();
        var configuration = choices.one(CONFIGURATIONS);
        var address = URI.create(configuration.path("issuer").asText() + "/openid-configuration");
        var body = choices.number(0, 7) > 0 ? Hostile.ascii(Hostile.changed(configuration, choices)) : choices.rest();
        Hostile.read(() -> check(
                address,
                PlatformConfiguration.read(address, body.getBytes(StandardCharsets.UTF_8), allowsHttp),
                allowsHttp));
        var text = choices.rest();
        Hostile.read(() -> {
            var said = PlatformConfiguration.address(text);
            assertThat(said.getHost()).isNotBlank();
            assertThat(said.toString()).isEqualTo(text).doesNotContain("#");
        });
    }

    private static void check(URI address, PlatformConfiguration read, boolean allowsHttp) {
        var issuer = URI.create(read.issuer());
        assertThat(origin(issuer)).isEqualTo(origin(address));
        for (var endpoint : List.of(read.authorizationEndpoint(), read.tokenEndpoint(), read.keySet())) {
            checkPlace(read, issuer, endpoint);
        }
        if (!DOCUMENTED.toString().contains(host(issuer) + " at ")) {
            checkPlace(read, issuer, read.registrationEndpoint());
        }
        for (var endpoint : List.of(
                read.authorizationEndpoint(), read.tokenEndpoint(), read.keySet(), read.registrationEndpoint())) {
            assertThat(endpoint.getScheme()).matches(allowsHttp ? "(?i)https?" : "(?i)https");
            assertThat(endpoint.getRawUserInfo()).isNull();
            assertThat(Text.isKept(endpoint.toString())).isTrue();
        }
        assertThat(read.origins()).isNotEmpty().allMatch(origin -> origin.matches("https?://[^/?#@]+"));
        assertThat(read.product()).matches("[a-z0-9._-]{0,63}");
        assertThat(Text.isKept(read.issuer() + read.name() + read.version() + read.tokenAudience()))
                .isTrue();
        assertThat(read.name()).isNotBlank().hasSizeLessThanOrEqualTo(255);
        assertThat(read.version()).hasSizeLessThanOrEqualTo(100);
        assertThat(read.tokenAudience()).isNotBlank().hasSizeLessThanOrEqualTo(1000);
        checkWhatIsMadeOfIt(read);
    }

    private static void checkPlace(PlatformConfiguration read, URI issuer, URI endpoint) {
        boolean isItsOwn = origin(endpoint).equals(origin(issuer));
        boolean isDocumented = (read.product().equals("canvas")
                        && DOCUMENTED.contains(host(issuer) + " at " + host(endpoint)))
                || (read.product().equals("brightspace") && host(endpoint).equals("auth.brightspace.com"));
        assertThat(isItsOwn || isDocumented)
                .as("%s of %s", endpoint, read.issuer())
                .isTrue();
    }

    /** It travels sealed as JSON, and Cairn says what it is in its words. */
    private static void checkWhatIsMadeOfIt(PlatformConfiguration read) {
        try {
            var text = PlatformConfiguration.JSON.writeValueAsString(read);
            assertThat(PlatformConfiguration.JSON.readValue(text, PlatformConfiguration.class))
                    .isEqualTo(read);
        } catch (JsonProcessingException e) {
            throw new AssertionError("What was read cannot be kept in a form.", e);
        }
        var tool = new ToolConfiguration(URI.create("https://cairn.example"), null)
                .describe(Product.of(read.product()), read.messages(), read.scopes());
        assertThat(tool.at("/" + ToolConfiguration.CLAIM.replace("/", "~1") + "/messages"))
                .isNotEmpty();
    }

    private static String origin(URI address) {
        var scheme = address.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        return scheme + "://" + host(address) + ":" + (address.getPort() == -1 ? usual : address.getPort());
    }

    private static String host(URI address) {
        return address.getHost().toLowerCase(Locale.ROOT);
    }

    private static List<ObjectNode> configurations() {
        var configurations = new ArrayList<ObjectNode>();
        for (var product : List.of("moodle", "desire2learn", "unheard-of")) {
            configurations.add(RegisteringLms.configuration("https://lms.example.edu", product));
        }
        var canvas = RegisteringLms.configuration(CANVAS, "canvas")
                .put("authorization_endpoint", "https://sso.canvaslms.com/auth")
                .put("token_endpoint", "https://sso.canvaslms.com/token")
                .put("jwks_uri", "https://sso.canvaslms.com/jwks")
                .put("registration_endpoint", "https://school.instructure.com/register")
                .put("authorization_server", "canvas.instructure.com");
        ((ObjectNode) canvas.path(RegisteringLms.PLATFORM)).put(Product.CANVAS_PREFIX + "account_name", "School");
        canvas.putArray("scopes_supported").add(ToolConfiguration.REGISTRATION_SCOPE);
        configurations.add(canvas);
        for (var recorded : Hostile.recorded("01")) {
            if (recorded.at("/response/body") instanceof ObjectNode body) {
                configurations.add(body);
            }
        }
        return configurations;
    }
}
