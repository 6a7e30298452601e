package cloud.wuye.kit.simulator;

/**
 * How a command ended.
 *
 * @param stage executed, failed, rejected or expired
 * @param code why not, or null
 * @param detail for people, or null
 * @param result a JSON object, or null
 * @param afterwards what follows once it is answered, or null
 * @param old whether it had been done before, under another command
 */
record Outcome(String stage, String code, String detail, String result, Runnable afterwards, boolean old) {
    static Outcome done(String result) {
        return new Outcome("executed", null, null, result, null, false);
    }

    static Outcome rejected(String code, String detail) {
        return new Outcome("rejected", code, detail, null, null, false);
    }

    static Outcome failed(String code, String detail) {
        return new Outcome("failed", code, detail, null, null, false);
    }

    static Outcome expired(String detail) {
        return new Outcome("expired", "EXPIRED", detail, null, null, false);
    }

    Outcome then(Runnable next) {
        return new Outcome(stage, code, detail, result, next, old);
    }

    Outcome showing(String json) {
        return new Outcome(stage, code, detail, json, afterwards, old);
    }

    /** The same, of something that was done before. */
    Outcome again() {
        return new Outcome(stage, code, detail, result, afterwards, true);
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
                .append(repeated || old ? ",\"dup\":true}" : "}")
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
