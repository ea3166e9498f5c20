package org.cairn.lti.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.cairn.lti.Platform;

/**
 * An examination as it may be handed to support: no token, key, secret, name, id of a person, e-mail address or full address of a service,
 * and of the client id only its beginning. Findings hold none of these; what looks like one is covered all the same.
 */
public final class Report {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>()\"]+@[^\\s@<>()\"]+");
    private static final Pattern ADDRESS = Pattern.compile("(?i)\\b(https?://)([^/\\s?#]+)\\S*");
    // Tokens, hashes, ids, JWTs: long runs of letters and digits with both among them.
    private static final Pattern SECRET =
            Pattern.compile("(?=[A-Za-z0-9_.~+/=-]*\\d)(?=[A-Za-z0-9_.~+/=-]*[A-Za-z])[A-Za-z0-9_~+/=-]{16,}");

    private final Examination examination;

    public Report(Examination examination) {
        this.examination = examination;
    }

    /** As text, a finding in three lines. */
    public String text() {
        var platform = examination.platform();
        var text = new StringBuilder(
                "Cairn connection report, %s%n".formatted(examination.at().truncatedTo(ChronoUnit.SECONDS)));
        text.append("LMS: %s%s, client %s, %s%n"
                .formatted(
                        issuer(platform),
                        platform.product().isEmpty() ? "" : " (" + covered(platform.product()) + ")",
                        beginning(platform.clientId()),
                        platform.algorithm()));
        var hop = (Hop) null;
        for (var finding : examination.findings()) {
            if (finding.check().hop() != hop) {
                hop = finding.check().hop();
                text.append("%n%s%n".formatted(hop.title()));
            }
            text.append("  [%s] %s%n".formatted(finding.state(), finding.check().title()));
            text.append("      %s%n".formatted(covered(finding.seen())));
            if (finding.state() != Finding.State.OK) {
                text.append("      → %s%n".formatted(covered(finding.advice())));
            }
        }
        return text.toString();
    }

    /** The same as JSON. */
    public ObjectNode json() {
        var platform = examination.platform();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("at", examination.at().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("issuer", issuer(platform))
                .put("product", covered(platform.product()))
                .put("client", beginning(platform.clientId()))
                .put("algorithm", platform.algorithm())
                .put("healthy", examination.isHealthy());
        var findings = json.putArray("findings");
        for (var finding : examination.findings()) {
            findings.addObject()
                    .put("hop", finding.check().hop().name())
                    .put("check", finding.check().name())
                    .put("state", finding.state().name())
                    .put("seen", covered(finding.seen()))
                    .put("advice", covered(finding.advice()));
        }
        return json;
    }

    static String covered(String text) {
        var hosts = ADDRESS.matcher(text).replaceAll("$1$2/…");
        var people = EMAIL.matcher(hosts).replaceAll("[address]");
        return SECRET.matcher(people).replaceAll("[covered]");
    }

    /** Four characters of twelve or more; nothing of a shorter one. */
    private static String beginning(String clientId) {
        return (clientId.length() < 12 ? "" : clientId.substring(0, 4)) + "…";
    }

    // An issuer is an address in practice, and any text by the specification.
    private static String issuer(Platform platform) {
        try {
            var host = URI.create(platform.issuer()).getHost();
            return host == null ? "an issuer that is no address" : host;
        } catch (IllegalArgumentException e) {
            return "an issuer that is no address";
        }
    }
}
