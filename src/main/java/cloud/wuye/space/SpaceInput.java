package cloud.wuye.space;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A space to create. */
@Input("SpaceInput")
@Description("A space to create.")
public record SpaceInput(
        @Id @Description("The space above; absent: at the top of the tree.") UUID parentId,
        @NonNull @NotNull @Description("The kind, one of `spaceKinds`; it cannot change later.") String kind,
        @NonNull
                @NotNull
                @Size(max = 100)
                @Pattern(regexp = ".*\\S.*")
                @Description("The name, 1 to 100 characters, unique under its parent.")
                String name,
        @Description("The place among its siblings, smallest first; 0 when absent.") Integer position) {}
