package cloud.wuye.platform.graphql;

import graphql.execution.ResultPath;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.smallrye.graphql.execution.datafetcher.helper.ArgumentHelper;
import io.smallrye.graphql.execution.datafetcher.helper.BatchLoaderHelper;
import io.smallrye.graphql.schema.model.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.CacheKey;
import org.dataloader.DataLoader;

/**
 * Hands its object to the loader that answers for all objects of a page at once. The loader asks for the caller and goes on as
 * the caller once; what waits for its answer goes on from there and needs no context carried to each object.
 *
 * <p>A field with arguments has a loader for each place in the answer. The framework has one for all, which answers all of them with
 * the arguments of whoever came first; and it tells objects apart by the hash of their hash, of which two can be the same.
 */
final class BatchedField implements DataFetcher<CompletableFuture<Object>> {
    private static final CacheKey<Object> ITSELF = object -> object;

    private final ArgumentHelper arguments;
    private final String theirs;
    /** Of a field without arguments, for which every place in the answer is the same. */
    private final String everywhere;

    BatchedField(Operation operation) {
        this.arguments = new ArgumentHelper(operation.getArguments());
        this.theirs = new BatchLoaderHelper().getName(operation);
        this.everywhere = theirs + "/";
    }

    @Override
    public CompletableFuture<Object> get(DataFetchingEnvironment environment) throws Exception {
        // A HashMap and no other: the framework casts it.
        Map<String, Object> given = new HashMap<>();
        given.put(BatchLoaderHelper.ARGUMENTS, arguments.getArguments(environment, true));
        given.put(BatchLoaderHelper.DATA_FETCHING_ENVIRONMENT, environment);
        return loader(environment).load(environment.getSource(), given);
    }

    private DataLoader<Object, Object> loader(DataFetchingEnvironment environment) {
        String name = name(environment);
        environment.getDataLoaderRegistry().computeIfAbsent(name, ignored -> ours(name, environment));
        return environment.getDataLoader(name);
    }

    private String name(DataFetchingEnvironment environment) {
        if (environment.getFieldDefinition().getArguments().isEmpty()) {
            return everywhere;
        }
        StringBuilder name = new StringBuilder(theirs);
        ResultPath place = environment.getExecutionStepInfo().getPath();
        for (; place != null && !place.isRootPath(); place = place.getParent()) {
            if (place.isNamedSegment()) {
                name.append('/').append(place.getSegmentName());
            }
        }
        return name.toString();
    }

    private DataLoader<Object, Object> ours(String name, DataFetchingEnvironment environment) {
        DataLoader<Object, Object> loader = environment.getDataLoaderRegistry().getDataLoader(theirs);
        return loader.transform(builder -> builder.name(name)
                .options(loader.getOptions().transform(options -> options.setCacheKeyFunction(ITSELF))));
    }
}
