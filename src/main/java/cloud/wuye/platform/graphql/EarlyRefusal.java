package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * The answer to a request that is turned away before any door of ours has seen it, in the words of the door it was for:
 * at {@code /graphql} a GraphQL response in the negotiated media type, anywhere else {@code {code, message, field}}.
 */
public final class EarlyRefusal {
    private EarlyRefusal() {}

    /** Ends the request with the status of this code's kind, unless it has been answered already. */
    public static void answer(RoutingContext http, ProblemCode code) {
        answer(http, new Problem(code));
    }

    /** The same for a problem that says more than its code. */
    public static void answer(RoutingContext http, Problem problem) {
        HttpServerResponse response = http.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        // An unread body would block the connection for the requests that follow on it.
        http.request().resume();
        Locale language = Languages.of(http.request().getHeader(HttpHeaderNames.ACCEPT_LANGUAGE));
        response.setStatusCode(problem.code().kind().status()).putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (http.normalizedPath().equals(GraphQLRoutes.PATH)) {
            MediaType accepted = MediaType.accepted(http.request().getHeader(HttpHeaderNames.ACCEPT));
            MediaType media = accepted == null ? MediaType.JSON : accepted;
            ErrorView error = new ErrorTranslation(language, false).of(problem, null, null);
            response.putHeader(HttpHeaderNames.CONTENT_TYPE, media.contentType())
                    .end(GraphQLOverHttp.response(error).getExecutionResultAsString());
        } else {
            JsonObject refusal =
                    new JsonObject().put("code", problem.code().name()).put("message", problem.text(language));
            if (problem.field() != null) {
                refusal.put("field", problem.field());
            }
            response.putHeader(HttpHeaderNames.CONTENT_TYPE, MediaType.JSON.contentType())
                    .end(refusal.encode());
        }
    }
}
