package cloud.wuye.platform.graphql;

import graphql.execution.ExecutionContext;
import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many fields an answer may hold. A field costs one plus what stands below it; below a field that says how many
 * rows it wants ({@code first}, {@code last}, {@code newest}, {@code limit}, {@code count}) that counts once per row; so it
 * does below a series, once per hour, day or month of its span, and below a list of named things, once per id. A list that
 * does not say is taken as ten rows, unless the field above it said (the {@code nodes} of a connection).
 */
final class Cost {
    private static final Set<String> ROW_ARGUMENTS = Set.of("first", "last", "newest", "limit", "count");
    private static final int UNSAID_ROWS = 10;
    private static final long MOST = Integer.MAX_VALUE;

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments;
    private final Map<String, Object> variables;
    private final Map<String, Long> fragmentCosts = new HashMap<>();

    private Cost(ExecutionContext context) {
        this.schema = context.getGraphQLSchema();
        this.fragments = context.getFragmentsByName();
        this.variables = context.getCoercedVariables().toMap();
    }

    /** The cost of a validated operation, at most the largest int. */
    static long of(ExecutionContext context) {
        var cost = new Cost(context);
        var operation = context.getOperationDefinition();
        var root =
                switch (operation.getOperation()) {
                    case QUERY -> cost.schema.getQueryType();
                    case MUTATION -> cost.schema.getMutationType();
                    case SUBSCRIPTION -> cost.schema.getSubscriptionType();
                };
        return cost.of(operation.getSelectionSet(), root, false);
    }

    private long of(SelectionSet selectionSet, GraphQLCompositeType parent, boolean counted) {
        long sum = 0;
        if (selectionSet != null) {
            for (Selection<?> selection : selectionSet.getSelections()) {
                sum = Math.min(sum + of(selection, parent, counted), MOST);
            }
        }
        return sum;
    }

    private long of(Selection<?> selection, GraphQLCompositeType parent, boolean counted) {
        if (selection instanceof Field field) {
            return ofField(field, parent, counted);
        }
        if (selection instanceof InlineFragment inline) {
            var condition = inline.getTypeCondition();
            return of(inline.getSelectionSet(), condition == null ? parent : type(condition.getName()), counted);
        }
        return ofFragment(((FragmentSpread) selection).getName(), counted);
    }

    private long ofFragment(String name, boolean counted) {
        String key = name + counted;
        Long known = fragmentCosts.get(key);
        if (known == null) {
            FragmentDefinition fragment = fragments.get(name);
            known = of(
                    fragment.getSelectionSet(), type(fragment.getTypeCondition().getName()), counted);
            fragmentCosts.put(key, known);
        }
        return known;
    }

    private long ofField(Field field, GraphQLCompositeType parent, boolean counted) {
        if (field.getSelectionSet() == null) {
            return 1;
        }
        GraphQLFieldDefinition definition = Introspection.getFieldDef(schema, parent, field.getName());
        if (field.getName().startsWith("__")) {
            // The schema has a size of its own that no argument changes; depth bounds what can be asked of it.
            return 1;
        }
        var type = (GraphQLCompositeType) GraphQLTypeUtil.unwrapAll(definition.getType());
        Long rows = rows(field, definition);
        boolean list = GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()));
        long times = rows != null ? rows : list && !counted ? UNSAID_ROWS : 1;
        return Math.min(1 + times * of(field.getSelectionSet(), type, rows != null), MOST);
    }

    private Long rows(Field field, GraphQLFieldDefinition definition) {
        for (GraphQLArgument argument : definition.getArguments()) {
            if (ROW_ARGUMENTS.contains(argument.getName())) {
                Object given = given(field, argument.getName());
                return rows(
                        given != null
                                ? given
                                : argument.getArgumentDefaultValue().getValue());
            }
        }
        if (definition.getArgument("from") != null && definition.getArgument("by") != null) {
            return Series.points(given(field, "by"), given(field, "from"), given(field, "to"));
        }
        return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))
                ? named(field, definition)
                : null;
    }

    /** How many things a list field was asked for by name, or null when it takes no list. */
    private Long named(Field field, GraphQLFieldDefinition definition) {
        for (GraphQLArgument argument : definition.getArguments()) {
            if (GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(argument.getType()))) {
                Object ids = given(field, argument.getName());
                if (ids instanceof ArrayValue literal) {
                    return (long) literal.getValues().size();
                }
                if (ids instanceof Collection<?> list) {
                    return (long) list.size();
                }
            }
        }
        return null;
    }

    /** What was given for an argument, a literal or a variable's value; null for nothing. */
    private Object given(Field field, String name) {
        for (Argument argument : field.getArguments()) {
            if (argument.getName().equals(name)) {
                Value<?> value = argument.getValue();
                return value instanceof VariableReference variable ? variables.get(variable.getName()) : value;
            }
        }
        return null;
    }

    private static long rows(Object value) {
        if (value instanceof IntValue literal) {
            return Math.max(0, literal.getValue().longValue());
        }
        return value instanceof Number number ? Math.max(0, number.longValue()) : UNSAID_ROWS;
    }

    private GraphQLCompositeType type(String name) {
        return (GraphQLCompositeType) schema.getType(name);
    }
}
