package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.cairn.openbadges.Contexts;

/** Whether something has the parts and forms that the Verifiable Credentials Data Model 2.0 requires, whatever it is a credential of. */
final class DataModel {

    // What a URL is by that specification: absolute, without what no address has.
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|^`\\\\]+");
    // xsd:dateTimeStamp: the time zone is required.
    private static final Pattern MOMENT =
            Pattern.compile("-?\\d{4,9}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Set<String> WORDS = Set.of("@value", "@language", "@direction");

    private final JsonNode credential;
    private final List<String> faults = new ArrayList<>();

    private DataModel(JsonNode credential) {
        this.credential = credential;
    }

    /** The first thing that is wrong, in words. */
    static Optional<String> fault(JsonNode credential) {
        return new DataModel(credential).check();
    }

    private Optional<String> check() {
        contexts();
        types("type", credential);
        require(types(credential).contains("VerifiableCredential"), "type does not say VerifiableCredential (§4.5)");
        id("id", credential);
        issuer();
        dates();
        subjects();
        parts("credentialStatus", "4.10", false);
        parts("credentialSchema", "4.11", true);
        parts("termsOfUse", "5.5", false);
        parts("evidence", "5.6", false);
        parts("refreshService", "5.4", false);
        resources();
        words("", credential);
        return faults.stream().findFirst();
    }

    private void contexts() {
        var contexts = credential.path("@context");
        require(
                contexts.path(0).asText().equals(Contexts.CREDENTIALS),
                "@context does not begin with " + Contexts.CREDENTIALS + " (§4.3)");
        for (var one : contexts) {
            boolean isOne = one.isObject()
                    || (one.isTextual() && ADDRESS.matcher(one.textValue()).matches());
            require(isOne, "@context holds something that is neither a URL nor an object (§4.3)");
        }
    }

    private void issuer() {
        var issuer = credential.path("issuer");
        var id = issuer.isObject() ? issuer.path("id") : issuer;
        require(isAddress(id), "issuer is neither a URL nor an object with a URL as its id (§4.7)");
        words("issuer.", issuer);
    }

    private void dates() {
        var from = moment("validFrom");
        var until = moment("validUntil");
        require(
                from.isEmpty() || until.isEmpty() || !until.get().isBefore(from.get()),
                "validUntil is before validFrom (§4.9)");
    }

    private Optional<OffsetDateTime> moment(String member) {
        var moment = credential.path(member);
        if (moment.isMissingNode()) {
            return Optional.empty();
        }
        try {
            if (moment.isTextual() && MOMENT.matcher(moment.textValue()).matches()) {
                return Optional.of(OffsetDateTime.parse(moment.textValue()));
            }
        } catch (DateTimeException e) {
            // No day of any calendar.
        }
        faults.add(member + " is no moment with a time zone (§4.9)");
        return Optional.empty();
    }

    private void subjects() {
        var subjects = each(credential.path("credentialSubject"));
        require(!subjects.isEmpty(), "credentialSubject is missing (§4.8)");
        for (var subject : subjects) {
            require(subject.isObject() && !subject.isEmpty(), "credentialSubject says nothing (§4.8)");
            id("credentialSubject.id", subject);
        }
    }

    private void parts(String member, String section, boolean needsId) {
        for (var part : each(credential.path(member))) {
            require(part.isObject(), "%s is no object (§%s)".formatted(member, section));
            types(member + ".type", part);
            id(member + ".id", part);
            require(!needsId || part.has("id"), "%s has no id (§%s)".formatted(member, section));
        }
    }

    private void resources() {
        var known = new HashSet<String>();
        for (var resource : each(credential.path("relatedResource"))) {
            require(isAddress(resource.path("id")), "relatedResource has no URL as its id (§5.3)");
            require(known.add(resource.path("id").asText()), "relatedResource names a resource twice (§5.3)");
            require(
                    resource.path("digestSRI").isTextual()
                            || resource.path("digestMultibase").isTextual(),
                    "relatedResource has no digest (§5.3)");
        }
    }

    /** name and description are texts, in one language or in several (§11.1). */
    private void words(String where, JsonNode json) {
        for (var member : List.of("name", "description")) {
            for (var one : each(json.path(member))) {
                boolean isText = one.isTextual() || (one.path("@value").isTextual() && WORDS.containsAll(names(one)));
                require(isText, where + member + " is neither a text nor a text with its language (§4.6)");
            }
        }
    }

    private void types(String where, JsonNode json) {
        var type = json.path("type");
        boolean areTexts = each(type).stream()
                .allMatch(one -> one.isTextual() && !one.textValue().isBlank());
        require(!each(type).isEmpty() && areTexts, where + " is missing, or is no text (§4.5)");
    }

    private void id(String where, JsonNode json) {
        require(!json.has("id") || isAddress(json.path("id")), where + " is not one URL (§4.4)");
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private static boolean isAddress(JsonNode value) {
        return value.isTextual() && ADDRESS.matcher(value.textValue()).matches();
    }

    private static Set<String> types(JsonNode json) {
        var types = new HashSet<String>();
        each(json.path("type")).forEach(one -> types.add(one.asText()));
        return types;
    }

    private static Set<String> names(JsonNode json) {
        var names = new HashSet<String>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> each(JsonNode json) {
        var all = new ArrayList<JsonNode>();
        if (json.isArray()) {
            json.forEach(all::add);
        } else if (!json.isMissingNode()) {
            all.add(json);
        }
        return all;
    }
}
