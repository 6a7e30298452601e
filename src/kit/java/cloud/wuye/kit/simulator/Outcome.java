package cloud.wuye.kit.simulator;

/**
 * How a command ended.
 *
 * @param stage executed, failed, rejected or expired
 * @param code why not, or null
 * @param detail for people, or null
 * @param result a JSON object, or null
 * @param afterwards what follows once it is answered, or null
 */
record Outcome(String stage, String code, String detail, String result, Runnable afterwards) {
    static Outcome done(String result) {
        return new Outcome("executed", null, null, result, null);
    }

    static Outcome rejected(String code, String detail) {
        return new Outcome("rejected", code, detail, null, null);
    }

    static Outcome failed(String code, String detail) {
        return new Outcome("failed", code, detail, null, null);
    }

    static Outcome expired(String detail) {
        return new Outcome("expired", "EXPIRED", detail, null, null);
    }

    Outcome then(Runnable next) {
        return new Outcome(stage, code, detail, result, next);
    }

    Outcome showing(String json) {
        return new Outcome(stage, code, detail, json, afterwards);
    }

    /** The data of its acknowledgement. */
    String ack(String command, boolean repeated, long stateVersion) {
        StringBuilder json = start(command, stage);
        if (code != null) {
            json.append(",\"code\":\"").append(code).append('"');
        }
        if (detail != null) {
            json.append(",\"detail\":\"").append(detail).append('"');
        }
        if (result != null) {
            json.append(",\"result\":").append(result);
        }
        return json.append(",\"stateVersion\":")
                .append(stateVersion)
                .append(repeated ? ",\"dup\":true}" : "}")
                .toString();
    }

    static String accepted(String command, boolean repeated) {
        return start(command, "accepted")
                .append(repeated ? ",\"dup\":true}" : "}")
                .toString();
    }

    private static StringBuilder start(String command, String stage) {
        return new StringBuilder("{\"cmd\":\"")
                .append(command)
                .append("\",\"stage\":\"")
                .append(stage)
                .append('"');
    }
}
