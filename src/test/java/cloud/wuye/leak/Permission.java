package cloud.wuye.leak;

import cloud.wuye.platform.security.Roles;
import io.quarkus.arc.Arc;
import io.quarkus.security.Authenticated;
import io.smallrye.graphql.api.Subscription;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.eclipse.microprofile.graphql.Type;

/**
 * A door of the running application and who may go through it, as its annotations say.
 *
 * @param kind Query, Mutation, Subscription, Field or REST
 * @param name the root field; {@code Type.field} for a field with roles of its own; method and path for REST
 * @param roles who may; {@link #EVERYONE}: whoever has logged in; empty: the annotations name nobody
 */
record Permission(String kind, String name, Set<String> roles) {
    static final Set<String> EVERYONE =
            Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT, Roles.PLATFORM_OPERATOR);

    private static final List<String> KINDS = List.of("Query", "Mutation", "Subscription", "Field", "REST");

    static List<Permission> all() {
        return Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .distinct()
                .filter(Permission::isOurs)
                .filter(type -> type.isAnnotationPresent(GraphQLApi.class) || type.isAnnotationPresent(Path.class))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .map(Permission::of)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing((Permission each) -> KINDS.indexOf(each.kind))
                        .thenComparing(Permission::name))
                .toList();
    }

    boolean admits(String role) {
        return roles.contains(role);
    }

    /** Not a test's, which are in the same application. */
    private static boolean isOurs(Class<?> type) {
        return !Files.exists(
                java.nio.file.Path.of("target/test-classes", type.getName().replace('.', '/') + ".class"));
    }

    private static Permission of(Method method) {
        Set<String> roles = rolesOf(method);
        Query query = method.getAnnotation(Query.class);
        Mutation mutation = method.getAnnotation(Mutation.class);
        Subscription subscription = method.getAnnotation(Subscription.class);
        if (query != null) {
            return new Permission("Query", named(query.value(), method), roles);
        }
        if (mutation != null) {
            return new Permission("Mutation", named(mutation.value(), method), roles);
        }
        if (subscription != null) {
            return new Permission("Subscription", named(subscription.value(), method), roles);
        }
        String verb = verb(method);
        if (verb != null) {
            return new Permission("REST", verb + " " + path(method), roles);
        }
        String source = source(method);
        // A field without roles of its own is shown to whoever is shown what it belongs to.
        return source == null || roles.isEmpty()
                ? null
                : new Permission("Field", source + "." + fieldName(method), roles);
    }

    private static Set<String> rolesOf(Method method) {
        RolesAllowed some = method.getAnnotation(RolesAllowed.class);
        return some != null
                ? Set.of(some.value())
                : method.isAnnotationPresent(Authenticated.class) ? EVERYONE : Set.of();
    }

    private static String named(String name, Method method) {
        return name.isEmpty() ? method.getName() : name;
    }

    private static String fieldName(Method method) {
        Name name = method.getAnnotation(Name.class);
        return named(name == null ? "" : name.value(), method);
    }

    /** The type that a method adds a field to, or null. */
    private static String source(Method method) {
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(Source.class)) {
                Class<?> view = (Class<?>)
                        (parameter.getParameterizedType() instanceof ParameterizedType list
                                ? list.getActualTypeArguments()[0]
                                : parameter.getType());
                Type type = view.getAnnotation(Type.class);
                return type == null ? view.getSimpleName() : type.value();
            }
        }
        return null;
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return null;
    }

    private static String path(Method method) {
        Path below = method.getAnnotation(Path.class);
        return method.getDeclaringClass().getAnnotation(Path.class).value() + (below == null ? "" : below.value());
    }
}
