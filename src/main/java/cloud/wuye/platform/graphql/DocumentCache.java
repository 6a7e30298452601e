package cloud.wuye.platform.graphql;

import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import io.smallrye.graphql.execution.QueryCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Gives the engine documents that are parsed and validated already. The store is the framework's, bounded by {@code
 * wuye.graphql.cached-documents}; it must be that one, because the framework looks in it before the engine does. What is
 * ours is the filling: from the {@link DocumentGate}'s parsed document, where the framework's own way would parse a new
 * document twice more.
 */
final class DocumentCache implements PreparsedDocumentProvider {
    private final QueryCache store;
    private final GraphQLSchema schema;
    private final DocumentGate gate;

    DocumentCache(QueryCache store, GraphQLSchema schema, DocumentGate gate) {
        this.store = store;
        this.schema = schema;
        this.gate = gate;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        return store.getDocumentAsync(input, this::validated);
    }

    private PreparsedDocumentEntry validated(ExecutionInput input) {
        Document document = gate.admit(input.getQuery()).document();
        var filling = store.beginValidation(new InstrumentationValidationParameters(input, document, schema), null);
        List<ValidationError> errors = ParseAndValidate.validate(schema, document, input.getLocale());
        // Here the store keeps a valid document, and asks this method for it once more.
        filling.onCompleted(errors, null);
        return errors.isEmpty()
                ? new PreparsedDocumentEntry(document)
                : new PreparsedDocumentEntry(document, new ArrayList<GraphQLError>(errors));
    }
}
