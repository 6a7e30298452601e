package cloud.wuye.platform.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.graphql.Description;

/**
 * In place of {@link Json} in all tests: refuses what has JSON on the JVM and none in the native image, where a class that is
 * not registered for reflection has no properties. A class with a description is in the GraphQL schema, and so registered.
 */
@Mock
@Singleton
public class RegisteredJson extends Json {
    private final Set<Class<?>> known = ConcurrentHashMap.newKeySet();

    RegisteredJson(ObjectMapper mapper) {
        super(mapper);
    }

    @Override
    public String write(Object value) {
        if (value != null) {
            check(value.getClass());
            if (value instanceof Iterable<?> many) {
                many.forEach(each -> check(each.getClass()));
            } else if (value instanceof java.util.Map<?, ?> map) {
                map.values().stream().filter(java.util.Objects::nonNull).forEach(each -> check(each.getClass()));
            }
        }
        return super.write(value);
    }

    @Override
    public <T> T read(String text, Class<T> type) {
        check(type);
        return super.read(text, type);
    }

    private void check(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                check(argument);
            }
        } else if (type instanceof WildcardType wild) {
            check(wild.getUpperBounds()[0]);
        } else if (type instanceof Class<?> one) {
            check(one);
        }
    }

    private void check(Class<?> type) {
        if (type.isArray()) {
            check(type.componentType());
        } else if (isOurs(type) && !known.contains(type)) {
            if (!type.isAnnotationPresent(RegisterForReflection.class)
                    && !type.isAnnotationPresent(Description.class)) {
                throw new AssertionError(type.getName() + " has no @RegisterForReflection");
            }
            known.add(type);
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    check(field.getGenericType());
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("cloud.wuye.") && !type.isEnum() && !type.isInterface();
    }
}
