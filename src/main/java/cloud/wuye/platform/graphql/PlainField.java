package cloud.wuye.platform.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import io.smallrye.graphql.transformation.Transformer;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Hands out what a method of the object says, as its scalar is written. */
final class PlainField implements LightDataFetcher<Object> {
    private final Method method;
    private final Transformer<Object, Object> transformer;

    /** @param transformer how the framework writes such a value; null when the scalar takes it as it is */
    @SuppressWarnings("unchecked")
    PlainField(Method method, Transformer<?, ?> transformer) {
        this.method = method;
        this.transformer = (Transformer<Object, Object>) transformer;
    }

    @Override
    public Object get(GraphQLFieldDefinition field, Object source, Supplier<DataFetchingEnvironment> environment)
            throws ReflectiveOperationException {
        Object value = method.invoke(source);
        if (transformer == null || value == null) {
            return value;
        }
        return value instanceof Collection<?> many ? written(many) : transformer.out(value);
    }

    @Override
    public Object get(DataFetchingEnvironment environment) throws ReflectiveOperationException {
        return get(environment.getFieldDefinition(), environment.getSource(), () -> environment);
    }

    private List<Object> written(Collection<?> many) {
        List<Object> written = new ArrayList<>(many.size());
        for (Object one : many) {
            written.add(one == null ? null : transformer.out(one));
        }
        return written;
    }
}
