package cloud.wuye.platform.graphql;

import graphql.execution.ExecutionContext;
import graphql.introspection.Introspection;
import graphql.language.Argument;
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
import graphql.schema.InputValueWithState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many fields an answer may hold. A field costs one plus what stands below it; below a field that says how many
 * rows it wants ({@code first}, {@code last}, {@code newest}, {@code limit}) that counts once per row. A list that
 * does not say is taken as ten rows, unless the field above it said (the {@code nodes} of a connection).
 */
final class Cost {
    private static final Set<String> ROW_ARGUMENTS = Set.of("first", "last", "newest", "limit");
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
                return rows(argument, field.getArguments());
            }
        }
        return null;
    }

    private Long rows(GraphQLArgument definition, List<Argument> given) {
        for (Argument argument : given) {
            if (argument.getName().equals(definition.getName())) {
                Value<?> value = argument.getValue();
                Object rows = value instanceof VariableReference variable ? variables.get(variable.getName()) : value;
                return rows(rows);
            }
        }
        InputValueWithState unsaid = definition.getArgumentDefaultValue();
        return rows(unsaid.getValue());
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
