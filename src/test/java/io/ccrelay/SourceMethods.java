package io.ccrelay;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LambdaExpressionTree.BodyKind;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The sizes of methods in source files, as the compiler's parser sees them. */
final class SourceMethods extends TreeScanner<@Nullable Void, Integer> {

  /**
   * A method with a body.
   *
   * @param lines of its body, those of the braces included
   * @param depth the most statements around one that hold others: branches, loops, {@code try},
   *     lambdas with a block; {@code else if} is no further level
   */
  record Method(String file, String name, long lines, int depth) {}

  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final List<Method> methods;
  private int deepest;

  private SourceMethods(CompilationUnitTree unit, SourcePositions positions, List<Method> methods) {
    this.unit = unit;
    this.positions = positions;
    this.methods = methods;
  }

  /** All methods of the Java files below {@code root}; the inner ones before those around them. */
  static List<Method> under(Path root) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var methods = new ArrayList<Method>();
    try (var manager = compiler.getStandardFileManager(null, null, null);
        Stream<Path> files = Files.walk(root)) {
      var sources = files.filter(path -> path.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  _ -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      var positions = Trees.instance(task).getSourcePositions();
      for (var unit : task.parse()) {
        new SourceMethods(unit, positions, methods).scan(unit, 0);
      }
    }
    return methods;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, Integer level) {
    int outside = deepest;
    deepest = 0;
    super.visitMethod(method, 0);
    if (method.getBody() != null) {
      String file = unit.getSourceFile().getName();
      methods.add(new Method(file, method.getName().toString(), lines(method.getBody()), deepest));
    }
    deepest = outside;
    return null;
  }

  private long lines(Tree tree) {
    var map = unit.getLineMap();
    long first = map.getLineNumber(positions.getStartPosition(unit, tree));
    return map.getLineNumber(positions.getEndPosition(unit, tree)) - first + 1;
  }

  private int below(int level) {
    deepest = Math.max(deepest, level + 1);
    return level + 1;
  }

  @Override
  public @Nullable Void visitIf(IfTree tree, Integer level) {
    int inside = below(level);
    scan(tree.getCondition(), level);
    scan(tree.getThenStatement(), inside);
    return scan(
        tree.getElseStatement(), tree.getElseStatement() instanceof IfTree ? level : inside);
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree tree, Integer level) {
    return super.visitForLoop(tree, below(level));
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, Integer level) {
    return super.visitEnhancedForLoop(tree, below(level));
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree tree, Integer level) {
    return super.visitWhileLoop(tree, below(level));
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, Integer level) {
    return super.visitDoWhileLoop(tree, below(level));
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, Integer level) {
    return super.visitTry(tree, below(level));
  }

  @Override
  public @Nullable Void visitSwitch(SwitchTree tree, Integer level) {
    return super.visitSwitch(tree, below(level));
  }

  @Override
  public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, Integer level) {
    return super.visitSwitchExpression(tree, below(level));
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, Integer level) {
    boolean block = tree.getBodyKind() == BodyKind.STATEMENT;
    return super.visitLambdaExpression(tree, block ? below(level) : level);
  }
}
