package cloud.wuye.platform.graphql;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures a parsed document that nobody has validated yet: fragments may be missing, or refer to themselves. Each
 * fragment is measured once however often it is spread, so that measuring cannot be made expensive.
 */
final class Measure {
    /** What stands below a selection set, fragments unfolded. Sums stop at the largest int. */
    record Size(int depth, int aliases, int fields) {
        private static final Size NOTHING = new Size(0, 0, 0);

        private Size beside(Size other) {
            return new Size(Math.max(depth, other.depth), sum(aliases, other.aliases), sum(fields, other.fields));
        }

        private static int sum(int a, int b) {
            return (int) Math.min((long) a + b, Integer.MAX_VALUE);
        }
    }

    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Size> measured = new HashMap<>();
    private boolean introspects;

    Measure(Document document) {
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.putIfAbsent(fragment.getName(), fragment));
    }

    /** Depth and aliases of a whole selection; {@code fields} counts its top level only. */
    Size of(SelectionSet selectionSet) {
        Size size = Size.NOTHING;
        if (selectionSet != null) {
            for (Selection<?> selection : selectionSet.getSelections()) {
                size = size.beside(of(selection));
            }
        }
        return size;
    }

    /** Whether a measured selection asked for the schema. */
    boolean introspects() {
        return introspects;
    }

    private Size of(Selection<?> selection) {
        if (selection instanceof Field field) {
            introspects |= field.getName().equals("__schema") || field.getName().equals("__type");
            Size below = of(field.getSelectionSet());
            return new Size(below.depth + 1, Size.sum(below.aliases, field.getAlias() == null ? 0 : 1), 1);
        }
        if (selection instanceof InlineFragment inline) {
            return of(inline.getSelectionSet());
        }
        return ofFragment(((FragmentSpread) selection).getName());
    }

    private Size ofFragment(String name) {
        Size known = measured.get(name);
        if (known != null) {
            return known;
        }
        FragmentDefinition fragment = fragments.get(name);
        // While it is being measured it counts as nothing: a cycle ends here, and validation refuses it later.
        measured.put(name, Size.NOTHING);
        Size size = fragment == null ? Size.NOTHING : of(fragment.getSelectionSet());
        measured.put(name, size);
        return size;
    }
}
