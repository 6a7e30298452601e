package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonObject;

/** An answer before it is signed. */
record Reply(int status, JsonObject body) {
    static Reply ok(JsonObject body) {
        return new Reply(200, body);
    }

    static Reply done() {
        return new Reply(204, null);
    }

    static Reply no(int status, String code, String message) {
        return new Reply(status, new JsonObject().put("code", code).put("message", message));
    }

    String text() {
        return body == null ? "" : body.encode();
    }
}
