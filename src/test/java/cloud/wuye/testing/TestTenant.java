package cloud.wuye.testing;

import cloud.wuye.platform.security.Roles;
import java.util.UUID;

/** A property company in service, and tokens of its people, fresh at each call. */
public record TestTenant(UUID id, String code) {
    /** A token of its manager, {@code lin}. */
    public String manager() {
        return as("lin", Roles.MANAGER);
    }

    /** A token of its accountant, {@code qian}. */
    public String finance() {
        return as("qian", Roles.FINANCE);
    }

    /** A token of its technician, {@code zhao}. */
    public String technician() {
        return as("zhao", Roles.TECHNICIAN);
    }

    /** A token of its resident {@code sun}. */
    public String resident() {
        return resident("sun");
    }

    /** A token of one of its residents. */
    public String resident(String username) {
        return as(username, Roles.RESIDENT);
    }

    /** A token of anyone with any roles. */
    public String as(String username, String... roles) {
        return TestIssuer.token(code, username, roles);
    }

    /** The subject (user id) that the tokens of this user carry. */
    public String subject(String username) {
        return TestIssuer.subject(code, username);
    }
}
