package cloud.wuye.platform.graphql;

import cloud.wuye.platform.graphql.GatedExecution.Transport;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.problem.ProblemCode;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.smallrye.graphql.runtime.SmallRyeGraphQLAbstractHandler;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.graphql.execution.ExecutionResponse;
import io.smallrye.graphql.execution.ExecutionResponseWriter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * GraphQL over HTTP as its specification has it. Stands in front of the framework's own handler, which answers 200 to
 * everything, strips line ends (and with them the end of a comment) from documents, and mistakes the query for the
 * operation name in a GET request. Request scope, identity and execution remain the framework's.
 */
final class GraphQLOverHttp extends SmallRyeGraphQLAbstractHandler {
    private static final String METHODS = "GET, POST, OPTIONS";

    private final HttpRequestReader reader;
    private final ErrorViews errors;
    private final Json json;

    GraphQLOverHttp(
            CurrentIdentityAssociation identity,
            CurrentVertxRequest currentRequest,
            GraphQLConfig config,
            ErrorViews errors,
            Json json) {
        super(identity, currentRequest, false);
        this.reader = new HttpRequestReader(config);
        this.errors = errors;
        this.json = json;
    }

    /**
     * Begins with a request scope that is new. The framework would go on with one that stands in the context already, and write
     * this caller into it; whose ever it is, it is not this request's.
     */
    @Override
    public void handle(RoutingContext http) {
        Arc.container().requestContext().activate();
        super.handle(http);
    }

    @Override
    protected void doHandle(RoutingContext http) {
        http.put(OwnPlace.CONTEXT, Vertx.currentContext());
        MediaType media = MediaType.accepted(http.request().getHeader(HttpHeaderNames.ACCEPT));
        try {
            if (media == null) {
                throw new HttpRefusal(406, ProblemCode.NOT_ACCEPTABLE);
            }
            answer(http, media);
        } catch (HttpRefusal refusal) {
            refuse(http, media == null ? MediaType.JSON : media, refusal);
        }
    }

    /** A body that grew too large while it was read; anything else is not ours. */
    void failed(RoutingContext http) {
        if (http.statusCode() == 413) {
            MediaType media = MediaType.accepted(http.request().getHeader(HttpHeaderNames.ACCEPT));
            refuse(http, media == null ? MediaType.JSON : media, reader.tooLarge());
        } else {
            http.next();
        }
    }

    private void answer(RoutingContext http, MediaType media) {
        switch (http.request().method().name()) {
            case "GET" -> execute(http, reader.get(http), Transport.GET, answer -> write(http, media, answer));
            case "POST" -> post(http, media);
            case "OPTIONS" ->
                http.response()
                        .putHeader(HttpHeaderNames.ALLOW, METHODS)
                        .setStatusCode(204)
                        .end();
            default -> throw new HttpRefusal(405, ProblemCode.METHOD_NOT_ALLOWED);
        }
    }

    private void post(RoutingContext http, MediaType media) {
        var request = reader.post(http);
        if (request instanceof JsonArray batch) {
            batch(http, media, batch.getValuesAs(JsonObject.class), new ArrayList<>());
        } else {
            execute(http, (JsonObject) request, Transport.POST, answer -> write(http, media, answer));
        }
    }

    /** One after another: the order of mutations is kept, and a batch takes no more at once than a single request. */
    private void batch(
            RoutingContext http, MediaType media, List<JsonObject> requests, List<ExecutionResponse> answers) {
        if (answers.size() == requests.size()) {
            boolean stranger = answers.stream().allMatch(answer -> wantsLogIn(answer.getExecutionResult()));
            end(http, media, stranger ? unauthenticated(http) : 200, whole(answers));
            return;
        }
        execute(http, requests.get(answers.size()), Transport.POST, answer -> {
            answers.add(answer);
            batch(http, media, requests, answers);
        });
    }

    private String whole(List<ExecutionResponse> answers) {
        return json.write(answers.stream()
                .map(answer -> answer.getExecutionResult().toSpecification())
                .toList());
    }

    private String whole(ExecutionResponse answer) {
        return json.write(answer.getExecutionResult().toSpecification());
    }

    private void execute(
            RoutingContext http, JsonObject request, Transport transport, Consumer<ExecutionResponse> then) {
        Map<String, Object> context = getMetaData(http);
        context.put(GatedExecution.TRANSPORT, transport);
        context.put(OwnPlace.CONTEXT, http.get(OwnPlace.CONTEXT));
        getExecutionService().executeAsync(request, context, new ExecutionResponseWriter() {
            @Override
            public void write(ExecutionResponse response) {
                then.accept(response);
            }

            @Override
            public void fail(Throwable failure) {
                then.accept(response(errors.of(failure, language(http))));
            }
        });
    }

    private void write(RoutingContext http, MediaType media, ExecutionResponse response) {
        end(http, media, status(media, response.getExecutionResult(), http), whole(response));
    }

    private void refuse(RoutingContext http, MediaType media, HttpRefusal refusal) {
        if (refusal.status() == 405) {
            http.response().putHeader(HttpHeaderNames.ALLOW, METHODS);
        }
        end(http, media, refusal.status(), whole(response(errors.of(refusal, language(http)))));
    }

    private static int status(MediaType media, ExecutionResult result, RoutingContext http) {
        if (wantsLogIn(result)) {
            return unauthenticated(http);
        }
        if (result.isDataPresent() || !(result.getErrors().get(0) instanceof ErrorView error)) {
            return 200;
        }
        return switch (error.code()) {
            case BAD_REQUEST -> 400;
            case MUTATION_OVER_GET -> {
                http.response().putHeader(HttpHeaderNames.ALLOW, "POST");
                yield 405;
            }
            case INTERNAL -> 500;
            default -> media == MediaType.JSON ? 200 : error.code().kind().status();
        };
    }

    /** Whether someone unknown asked for nothing but what only known people get. */
    private static boolean wantsLogIn(ExecutionResult result) {
        boolean nothingGiven = !(result.getData() instanceof Map<?, ?> data)
                || data.values().stream().allMatch(Objects::isNull);
        return nothingGiven
                && result.getErrors().stream()
                        .anyMatch(
                                error -> error instanceof ErrorView view && view.code() == ProblemCode.UNAUTHENTICATED);
    }

    private static int unauthenticated(RoutingContext http) {
        http.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        return 401;
    }

    private static void end(RoutingContext http, MediaType media, int status, String body) {
        HttpServerResponse response = http.response();
        // The caller may have hung up, and a request that timed out has its answer already.
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaderNames.CONTENT_TYPE, media.contentType())
                    .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
                    .end(body);
        }
    }

    static ExecutionResponse response(ErrorView error) {
        return new ExecutionResponse(new ExecutionResultImpl(List.of(error)));
    }

    private static Locale language(RoutingContext http) {
        return Languages.of(http.request().getHeader(HttpHeaderNames.ACCEPT_LANGUAGE));
    }
}
