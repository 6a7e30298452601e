package cloud.wuye.platform.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.smallrye.graphql.execution.datafetcher.helper.ArgumentHelper;
import io.smallrye.graphql.execution.datafetcher.helper.BatchLoaderHelper;
import io.smallrye.graphql.schema.model.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Hands its object to the loader that answers for all objects of a page at once. The loader asks for the caller and goes on as
 * the caller once; what waits for its answer goes on from there and needs no context carried to each object.
 */
final class BatchedField implements DataFetcher<CompletableFuture<Object>> {
    private final ArgumentHelper arguments;
    private final String loader;

    BatchedField(Operation operation) {
        this.arguments = new ArgumentHelper(operation.getArguments());
        this.loader = new BatchLoaderHelper().getName(operation);
    }

    @Override
    public CompletableFuture<Object> get(DataFetchingEnvironment environment) throws Exception {
        // A HashMap and no other: the framework's loader casts it, and without its arguments takes fields that were
        // asked for twice,
        // differently, for the same.
        Map<String, Object> given = new HashMap<>();
        given.put(BatchLoaderHelper.ARGUMENTS, arguments.getArguments(environment, true));
        given.put(BatchLoaderHelper.DATA_FETCHING_ENVIRONMENT, environment);
        return environment.<Object, Object>getDataLoader(loader).load(environment.getSource(), given);
    }
}
