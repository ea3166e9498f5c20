package org.cairn.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered tool, as its administrator typed it in or as it registered itself.
 *
 * @param redirectUris where id_tokens may go, compared as text
 * @param deepLinkingUri what a teacher who adds a link is sent to
 * @param custom parameters for all its launches
 * @param scopes what its tokens may be for
 * @param claims what it is told of people, beyond who they are
 * @param grades where native grades are sent ({@code POST grades/{deployment}/{context}/{activity}}), under {@code gradeKey}
 */
public record Tool(
        String clientId,
        String deploymentId,
        String name,
        URI loginUri,
        List<URI> redirectUris,
        URI targetLinkUri,
        URI deepLinkingUri,
        URI keySet,
        Map<String, String> custom,
        Set<String> scopes,
        Set<String> claims,
        @Nullable URI grades,
        @Nullable String gradeKey) {

    public Tool {
        redirectUris = List.copyOf(redirectUris);
        custom = Map.copyOf(custom);
        scopes = Set.copyOf(scopes);
        claims = Set.copyOf(claims);
    }

    /** A tool at one address, with the paths and custom parameters that Cairn asks for. */
    public static Tool at(String url, String clientId, @Nullable String gradeKey) {
        var launch = URI.create(url + "/lti/launch");
        return new Tool(
                clientId,
                "1",
                "Cairn",
                URI.create(url + "/lti/login"),
                List.of(launch),
                launch,
                launch,
                URI.create(url + "/lti/jwks"),
                Map.of("context_history", "$Context.id.history", "resource_link_history", "$ResourceLink.id.history"),
                Set.copyOf(Scopes.ALL),
                Set.of("name", "given_name", "family_name"),
                URI.create(url + "/grades"),
                gradeKey);
    }

    /** The same tool, deployed once more. */
    Tool deployedAs(String deployment) {
        return new Tool(
                clientId,
                deployment,
                name,
                loginUri,
                redirectUris,
                targetLinkUri,
                deepLinkingUri,
                keySet,
                custom,
                scopes,
                claims,
                grades,
                gradeKey);
    }

    /** Whether an address is one of the tool's own. */
    boolean isAt(URI address) {
        return origin(address).equals(origin());
    }

    String origin() {
        return origin(loginUri);
    }

    static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    @Override
    public String toString() {
        return "Tool[" + clientId + "]";
    }
}
