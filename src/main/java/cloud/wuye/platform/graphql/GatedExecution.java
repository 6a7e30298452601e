package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import graphql.ExecutionResultImpl;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.language.OperationDefinition.Operation;
import graphql.schema.GraphQLSchema;
import io.quarkus.arc.Unremovable;
import io.smallrye.graphql.execution.ExecutionResponse;
import io.smallrye.graphql.execution.ExecutionResponseWriter;
import io.smallrye.graphql.execution.ExecutionService;
import io.smallrye.graphql.schema.model.Schema;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The framework's execution behind the gate: every operation, over HTTP or WebSocket, passes here before anything is
 * done for it.
 */
@Alternative
@Priority(1)
@Singleton
@Unremovable
class GatedExecution extends ExecutionService {
    /** Key in an execution's context: over which {@link Transport} it came. */
    static final String TRANSPORT = "wuye.transport";
    /** Key in the context of a WebSocket's executions: whether its token has been accepted, a BooleanSupplier. */
    static final String LOGGED_IN = "wuye.logged-in";

    private final DocumentGate gate;
    private final ErrorViews errors;

    GatedExecution(GraphQLSchema schema, Schema model, DocumentGate gate, ErrorViews errors) {
        super(schema, model);
        this.gate = gate;
        this.errors = errors;
    }

    @Override
    public void execute(
            JsonObject request, Map<String, Object> context, ExecutionResponseWriter writer, boolean async) {
        Locale locale = locale(context);
        context.put("locale", locale);
        // What is shown last must be what is so now, however long the fields of an earlier event take.
        context.put(SubscriptionExecutionStrategy.KEEP_SUBSCRIPTION_EVENTS_ORDERED, true);
        try {
            admit(request, context);
        } catch (Problem refused) {
            writer.write(new ExecutionResponse(new ExecutionResultImpl(List.of(errors.of(refused, locale)))));
            return;
        }
        super.execute(request, context, writer, async);
    }

    private void admit(JsonObject request, Map<String, Object> context) {
        String query = text(request, "query");
        String operationName = text(request, "operationName");
        if (query == null || query.isBlank()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "query", "query");
        }
        for (String map : List.of("variables", "extensions")) {
            JsonValue value = request.get(map);
            if (value != null && value != JsonValue.NULL && value.getValueType() != JsonValue.ValueType.OBJECT) {
                throw new Problem(ProblemCode.BAD_REQUEST, map, map);
            }
        }
        Operation operation = gate.admit(query).chosen(operationName);
        Transport transport = (Transport) context.get(TRANSPORT);
        if (operation == Operation.SUBSCRIPTION) {
            admitSubscription(transport, (BooleanSupplier) context.get(LOGGED_IN));
        }
        if (operation == Operation.MUTATION && transport == Transport.GET) {
            throw new Problem(ProblemCode.MUTATION_OVER_GET);
        }
    }

    private static void admitSubscription(Transport transport, BooleanSupplier loggedIn) {
        if (transport != Transport.WEB_SOCKET) {
            throw new Problem(ProblemCode.SUBSCRIPTION_OVER_HTTP);
        }
        // The socket of someone unknown is acknowledged, so nothing may be heard on it, annotated or not.
        if (!loggedIn.getAsBoolean()) {
            throw new Problem(ProblemCode.UNAUTHENTICATED);
        }
    }

    private static String text(JsonObject request, String key) {
        JsonValue value = request.get(key);
        if (value == null || value.getValueType() == JsonValue.ValueType.NULL) {
            return null;
        }
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw new Problem(ProblemCode.BAD_REQUEST, key, key);
    }

    /** Also gives the headers names that compare without case: HTTP/2 clients send them in lower case. */
    @SuppressWarnings("unchecked")
    private static Locale locale(Map<String, Object> context) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        if (context.get("httpHeaders") instanceof Map<?, ?> given) {
            for (Entry<?, ?> header : given.entrySet()) {
                headers.put((String) header.getKey(), (List<String>) header.getValue());
            }
        }
        context.put("httpHeaders", headers);
        return Languages.of(headers);
    }

    /** How a request came. */
    enum Transport {
        GET,
        POST,
        WEB_SOCKET
    }
}
