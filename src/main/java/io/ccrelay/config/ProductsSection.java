package io.ccrelay.config;

import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.ProductEntity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code policies.products}. */
final class ProductsSection {

  private ProductsSection() {}

  static List<ProductEntity> read(Section policies, List<ApiEntity> apis, PolicyFiles files) {
    var products = new ArrayList<ProductEntity>();
    var ids = new HashSet<String>();
    for (Section section : policies.sections("products")) {
      String id = section.text("id", "");
      if (id.isEmpty()) {
        section.problem("id", "is required");
      } else if (!ids.add(id)) {
        section.problem("id", Shown.value(id) + " is the id of another product");
      }
      products.add(
          new ProductEntity(
              id,
              section.text("name", id),
              apis(section, apis),
              section.flag("subscription_required", true),
              Set.copyOf(section.texts("groups")),
              files.document(section, "policy")));
      section.finish(UnknownKeys.REFUSED);
    }
    return products;
  }

  private static List<String> apis(Section section, List<ApiEntity> apis) {
    List<String> ids = section.texts("apis");
    for (String id : ids) {
      if (apis.stream().noneMatch(api -> api.id().equals(id))) {
        section.problem("apis", Shown.value(id) + " is the id of no API");
      }
    }
    return ids;
  }
}
