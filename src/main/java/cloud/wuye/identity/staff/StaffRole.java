package cloud.wuye.identity.staff;

import cloud.wuye.platform.security.Roles;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** What a member of staff may do. There is no way to name any other role here. */
@Enum("StaffRole")
@Description(
        "What a member of staff may do: MANAGER everything in the company, FINANCE its money, TECHNICIAN its devices.")
public enum StaffRole {
    /** Everything in the company. */
    @Description("Everything in the company.")
    MANAGER(Roles.MANAGER),
    /** The company's money. */
    @Description("The company's money.")
    FINANCE(Roles.FINANCE),
    /** The company's devices. */
    @Description("The company's devices.")
    TECHNICIAN(Roles.TECHNICIAN);

    private final String realmRole;

    StaffRole(String realmRole) {
        this.realmRole = realmRole;
    }

    static Set<String> inRealm(Collection<StaffRole> roles) {
        return roles.stream().map(role -> role.realmRole).collect(Collectors.toUnmodifiableSet());
    }

    static Set<StaffRole> of(Collection<String> realmRoles) {
        return Arrays.stream(values())
                .filter(role -> realmRoles.contains(role.realmRole))
                .collect(Collectors.toUnmodifiableSet());
    }
}
