package cloud.wuye.leak;

import java.util.Set;
import java.util.TreeSet;

/** What shows that something is a company's: the ids it owns, and its code. */
record Signs(Set<String> ids, String code) {
    static Signs of(Footprint footprint, Inhabited company) {
        return new Signs(footprint.ids(company.tenant().id()), company.tenant().code());
    }

    /** Those that stand in a text. */
    Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        for (String id : ids) {
            if (text.contains(id)) {
                found.add(id);
            }
        }
        if (text.contains(code)) {
            found.add(code);
        }
        return found;
    }
}
