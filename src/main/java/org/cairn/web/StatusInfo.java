package org.cairn.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What went wrong, as 1EdTech's services say it (Open Badges 3.0, Imsx_StatusInfo). */
final class StatusInfo {

    /** Below which everything is answered so. */
    static final String PATH = "/ims/ob/v3p0/";

    /** The code of a problem with what follows the question mark. */
    static final String QUERY = "query_malformed";

    private StatusInfo() {}

    static ObjectNode of(int status, String code, String sentence) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("imsx_codeMajor", status == 405 ? "unsupported" : "failure");
        json.put("imsx_severity", "error");
        json.put("imsx_description", sentence);
        json.putObject("imsx_codeMinor")
                .putArray("imsx_codeMinorField")
                .addObject()
                .put("imsx_codeMinorFieldName", "TargetEndSystem")
                .put("imsx_codeMinorFieldValue", code.equals(QUERY) ? "invalid_query_parameter" : minor(status));
        return json;
    }

    private static String minor(int status) {
        return switch (status) {
            case 401 -> "unauthorizedrequest";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "not_allowed";
            case 415 -> "not_acceptable";
            case 429 -> "server_busy";
            case 500 -> "internal_server_error";
            default -> "invalid_data";
        };
    }
}
