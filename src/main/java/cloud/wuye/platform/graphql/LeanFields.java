package cloud.wuye.platform.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.visibility.DefaultGraphqlFieldVisibility;
import io.smallrye.graphql.execution.datafetcher.BatchDataFetcher;
import io.smallrye.graphql.execution.datafetcher.FieldDataFetcher;
import io.smallrye.graphql.schema.model.Field;
import io.smallrye.graphql.schema.model.Reference;
import io.smallrye.graphql.schema.model.ReferenceType;
import io.smallrye.graphql.schema.model.Schema;
import io.smallrye.graphql.schema.model.Type;
import io.smallrye.graphql.schema.model.Wrapper;
import io.smallrye.graphql.spi.ClassloadingService;
import io.smallrye.graphql.transformation.Transformer;
import java.util.function.Supplier;

/**
 * Gives fields that only hand out what stands in their object a {@link PlainField}, and those that are loaded for many objects at
 * once a {@link BatchedField}. A page of fifty meters holds a thousand of them, and the framework makes a context for each that
 * nobody looks at. All other fields stay the framework's.
 */
final class LeanFields {
    private final GraphQLSchema schema;
    private final Schema model;

    private LeanFields(GraphQLSchema schema, Schema model) {
        this.schema = schema;
        this.model = model;
    }

    /** The same schema; what each field answers with is the same too. */
    static GraphQLSchema into(GraphQLSchema schema, Schema model) {
        return new LeanFields(schema, model).into();
    }

    private GraphQLSchema into() {
        GraphQLCodeRegistry registry = schema.getCodeRegistry().transform(builder -> {
            // The framework takes its own setting "default" for a pattern of names to hide, and tries it on every field
            // it sees.
            builder.fieldVisibility(DefaultGraphqlFieldVisibility.DEFAULT_FIELD_VISIBILITY);
            for (Type type : model.getTypes().values()) {
                if (schema.getType(type.getName()) instanceof GraphQLObjectType object) {
                    into(builder, type, object);
                }
            }
        });
        return schema.transformWithoutTypes(builder -> builder.codeRegistry(registry));
    }

    private static void into(GraphQLCodeRegistry.Builder builder, Type type, GraphQLObjectType object) {
        type.getFields().forEach((name, field) -> {
            if (isPlain(field)) {
                replace(builder, object, name, FieldDataFetcher.class, () -> plain(type, field));
            }
        });
        type.getBatchOperations()
                .forEach((name, operation) ->
                        replace(builder, object, name, BatchDataFetcher.class, () -> new BatchedField(operation)));
    }

    private static void replace(
            GraphQLCodeRegistry.Builder builder,
            GraphQLObjectType object,
            String field,
            Class<?> theirs,
            Supplier<DataFetcher<?>> ours) {
        GraphQLFieldDefinition definition = object.getFieldDefinition(field);
        if (definition != null) {
            FieldCoordinates place = FieldCoordinates.coordinates(object, definition);
            DataFetcher<?> fetcher = builder.getDataFetcher(place, definition);
            // Of exactly this class: a framework that does more than we know of keeps its own.
            if (fetcher.getClass() == theirs) {
                builder.dataFetcher(place, ours.get());
            }
        }
    }

    private static boolean isPlain(Field field) {
        Reference reference = field.getReference();
        Wrapper wrapper = field.getWrapper();
        return field.getMethodName() != null
                && !field.isAdaptingWith()
                && !field.isAdaptingTo()
                && !reference.isAdaptingWith()
                && !reference.isAdaptingTo()
                && (wrapper == null || isListOfPlain(wrapper));
    }

    private static boolean isListOfPlain(Wrapper wrapper) {
        return wrapper.isCollection() && wrapper.getWrapper() == null;
    }

    private static PlainField plain(Type type, Field field) {
        Class<?> owner = ClassloadingService.get().loadClass(type.getClassName());
        try {
            return new PlainField(
                    owner.getMethod(field.getMethodName()),
                    isTransformed(field) ? Transformer.transformer(field) : null);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a field of the schema without its method", e);
        }
    }

    private static boolean isTransformed(Field field) {
        Reference reference = field.getReference();
        return reference.getType() == ReferenceType.SCALAR
                && !reference.getClassName().equals(reference.getGraphQLClassName());
    }
}
